package dev.granary.kernel;

/** A place that permissions and settings are attached to. */
public sealed interface Scope {
    /** The whole installation. */
    record Account() implements Scope {}

    /** A project, by its numeric id. */
    record Project(long id) implements Scope {}

    /** A repository, by its numeric id. */
    record Repository(long id) implements Scope {}
}
