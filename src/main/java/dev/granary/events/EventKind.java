package dev.granary.events;

import java.util.Locale;

/** What kinds of events there are. The class named at each is the shape of its facts. */
public enum EventKind {
    /** A branch moved, came or went: {@link PushFacts}. */
    PUSH,
    /** A tag moved, came or went: {@link PushFacts}. */
    TAG_PUSH,
    /** Something happened to a merge request: {@link MergeRequestFacts}. */
    MERGE_REQUEST,
    /** Somebody said something about a merge request or a commit: {@link NoteFacts}. */
    NOTE,
    /** A pipeline got further: {@link PipelineFacts}. */
    PIPELINE,
    /** A repository came: {@link RepositoryFacts}; so of the next two. */
    REPOSITORY_CREATED,
    /** It has another name, or is at another place. */
    REPOSITORY_RENAMED,
    /** It was deleted. */
    REPOSITORY_DELETED,
    /** Somebody was given a role of its own in a project, group or repository: {@link MemberFacts}; so of the next two. */
    MEMBER_ADDED,
    /** Somebody has another role there. */
    MEMBER_CHANGED,
    /** Somebody has none of its own there any more. */
    MEMBER_REMOVED,
    /** A scheduled mirror became late: {@link MirrorFacts}. */
    MIRROR_LATE,
    /** It caught up: {@link MirrorFacts}. */
    MIRROR_RECOVERED;

    /** The kind's name in the database, for example {@code tag_push}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EventKind ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
