package dev.granary.api;

/** A failure in the v4 dialect. */
record BareFailure(String errorCode, String errorMsg) {}
