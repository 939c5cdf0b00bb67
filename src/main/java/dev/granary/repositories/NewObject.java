package dev.granary.repositories;

import org.eclipse.jgit.lib.ObjectId;

/**
 * An object to be stored.
 *
 * @param type JGit's number of its type, for example {@code Constants.OBJ_TREE}
 * @param content without header; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record NewObject(ObjectId id, int type, byte[] content) {}
