package dev.granary.kernel;

/** A place that permissions, settings and rules are attached to. */
public sealed interface Scope {
    /** The numeric id among the scopes of its kind. */
    long id();

    /** What the kind is called in the database. */
    String kind();

    /** The whole installation. */
    record Account() implements Scope {
        @Override
        public long id() {
            return 0;
        }

        @Override
        public String kind() {
            return "account";
        }
    }

    /** A project, by its numeric id. */
    record Project(long id) implements Scope {
        @Override
        public String kind() {
            return "project";
        }
    }

    /** A group of repositories within a project, by its numeric id. */
    record Group(long id) implements Scope {
        @Override
        public String kind() {
            return "group";
        }
    }

    /** A repository, by its numeric id. */
    record Repository(long id) implements Scope {
        @Override
        public String kind() {
            return "repository";
        }
    }

    /** The scope of a {@link #kind()} and {@link #id()}. */
    static Scope of(String kind, long id) {
        return switch (kind) {
            case "account" -> new Account();
            case "project" -> new Project(id);
            case "group" -> new Group(id);
            case "repository" -> new Repository(id);
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
