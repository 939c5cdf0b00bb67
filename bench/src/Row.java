/** Measurements that belong together and can be asked for by name. */
interface Row {
    String name();

    void measure(Runs runs);
}
