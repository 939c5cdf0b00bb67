package dev.granary.ui.repository;

import dev.granary.content.ChangedFile;

/** One file of those that changed, asked for by itself. */
public record ChangedFilePage(ChangesPage changes, ChangedFile file) {}
