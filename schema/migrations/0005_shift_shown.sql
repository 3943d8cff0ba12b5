-- Until when a shift is shown as on shift: a minute behind its desk's last sign. What each column holds: schema/storage.md.
ALTER TABLE shift ADD COLUMN shown_until INTEGER NOT NULL DEFAULT 0;
