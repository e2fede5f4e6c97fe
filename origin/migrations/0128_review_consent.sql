-- Which text a reviewer was shown beside the form, by the version of the settings that has it.
ALTER TABLE "reviews" ADD COLUMN "consent" jsonb;
