import java.util.Collections;

/** Listing refs with protocol version 2, the request that every clone, fetch and poll begins with. */
final class ListRefsRow implements Row {
    private static final int CONNECTIONS = 16;

    @Override
    public String name() {
        return "ls-refs";
    }

    @Override
    public void measure(Runs runs) {
        measure(runs, Histories.SMALL, "20 refs", 10);
        measure(runs, Histories.REFS, "20,000 refs", 8);
    }

    private void measure(Runs runs, String repository, String what, double times) {
        runs.compare(name(), "ls-refs, " + what + ", 16 connections", "requests/s", true, Goal.times(times), side -> {
            var request = GitRequests.listRefs(side, repository);
            Load.Client client =
                    connection -> connection.exchange(request, false).ok();
            return Load.rate(side, Collections.nCopies(CONNECTIONS, client), runs.seconds());
        });
    }
}
