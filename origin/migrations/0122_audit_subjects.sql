-- What was done to one thing is found without reading the whole log.
CREATE INDEX "audit_acts_subject" ON "audit_acts" ("shop_id", "subject", "sequence") WHERE "subject" IS NOT NULL;
