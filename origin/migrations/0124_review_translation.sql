-- What a review says, in the language of the shop: one a review, as a shop speaks one language.
ALTER TABLE "reviews" ADD COLUMN "translation" jsonb;
