import java.util.List;

/** Measurements that belong together and can be asked for by name. */
interface Row {
    String name();

    /** The repositories of {@link Histories} that it measures with. */
    default List<String> needs() {
        return Histories.ALL;
    }

    /** Whether it measures with a repository of the caller's own instead, where one is given. */
    default boolean takesOwn() {
        return false;
    }

    void measure(Runs runs);
}
