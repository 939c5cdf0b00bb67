package dev.granary.webhooks;

import org.jspecify.annotations.Nullable;

/**
 * What is sent to a receiver.
 *
 * @param uuid the event's: the same in every attempt, so that receivers can drop repeats
 * @param repositoryId the repository it is about; null for none
 * @param body JSON
 */
record Message(HookEvent event, String uuid, @Nullable Long repositoryId, String body) {}
