import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Pushes of one commit: what there is is asked first, as git does, then the pack is sent. */
final class PushRow implements Row {
    private static final int CLIENTS = 8;
    private static final int ONE_AFTER_ANOTHER = 20;
    private static final int EACH = 10;

    @Override
    public String name() {
        return "push";
    }

    @Override
    public void measure(Runs runs) {
        var repository = Histories.SMALL;
        // Each side gets the same pushes in the same order.
        Map<Side, Pushes> pushes = new HashMap<>();
        runs.sides()
                .forEach(side -> pushes.put(side, new Pushes(runs.repositories().get(repository))));
        runs.compare(name(), "push of one commit, one after another", "ms", false, Goal.times(3), side -> {
            var prepared = new ArrayDeque<>(pushes.get(side).next("alone", ONE_AFTER_ANOTHER));
            return Load.latency(side, client(side, repository, prepared), ONE_AFTER_ANOTHER);
        });
        runs.compare(name(), "push of one commit, 8 clients on 8 branches", "pushes/s", true, Goal.times(4), side -> {
            List<Load.Client> clients = new ArrayList<>();
            for (int number = 0; number < CLIENTS; number++) {
                clients.add(client(
                        side, repository, new ArrayDeque<>(pushes.get(side).next("client-" + number, EACH))));
            }
            return Load.rate(side, clients, EACH);
        });
    }

    private static Load.Client client(Side side, String repository, Queue<Pushes.Push> prepared) {
        return connection -> prepared.remove().send(side, repository, connection);
    }
}
