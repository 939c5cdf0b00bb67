import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What many rules add to a push: the same pushes to a repository without any, and to others with many. */
final class RulesRow implements Row {
    private static final String NONE = "rules-none";
    private static final int PROTECTED = 1_000;
    private static final int AT_ONCE = 100;
    private static final int COMMIT_RULES = 20;
    private static final int EACH = 20;
    private static final int BLOCKS = 2;

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public List<String> needs() {
        return List.of(Histories.SMALL);
    }

    @Override
    public void measure(Runs runs) {
        var repository = runs.repositories().get(Histories.SMALL);
        for (var name : List.of(NONE, "rules-names", "rules-commits")) {
            Seeds.push(runs.granary(), name, repository);
        }
        protect(runs.granary(), runs.granary().repositoryId("rules-names"));
        holdCommits(runs.granary(), runs.granary().repositoryId("rules-commits"));
        compare(runs, "rules-names", PROTECTED + " protected branches", Goal.under(2));
        compare(runs, "rules-commits", COMMIT_RULES + " commit rules", Goal.NONE);
    }

    private void compare(Runs runs, String name, String rules, Goal goal) {
        var plain = new Pushes(runs.repositories().get(Histories.SMALL));
        var ruled = new Pushes(runs.repositories().get(Histories.SMALL));
        var ratios = new ArrayList<Sample>();
        runs.alone(name(), "what " + rules + " add to a push of one commit", "ms", false, goal, side -> {
            double without = 0;
            double with = 0;
            double cpuWithout = 0;
            double cpuWith = 0;
            for (int block = 0; block < BLOCKS; block++) {
                var one = latency(side, NONE, plain, name);
                var other = latency(side, name, ruled, name);
                without += one.value() / BLOCKS;
                with += other.value() / BLOCKS;
                cpuWithout += one.cpuMillis() / BLOCKS;
                cpuWith += other.cpuMillis() / BLOCKS;
            }
            ratios.add(new Sample(with / without, cpuWith));
            return new Sample(with - without, cpuWith - cpuWithout);
        });
        var counted = List.copyOf(ratios.subList(ratios.size() - runs.rounds(), ratios.size()));
        runs.add(new Figure(
                name(), "push with " + rules + " to one without", "times", false, counted, List.of(), Goal.NONE, ""));
    }

    private static Sample latency(Side side, String repository, Pushes pushes, String branch) {
        var prepared = new ArrayDeque<>(pushes.next(branch, EACH));
        return Load.latency(side, connection -> prepared.remove().send(side, repository, connection), EACH);
    }

    /** Half the protected branches are wildcards. None is of the branch that is pushed to, so all have to be tried. */
    private static void protect(Granary granary, long id) {
        for (int from = 0; from < PROTECTED; from += AT_ONCE) {
            var names = IntStream.range(from, from + AT_ONCE)
                    .mapToObj(number -> number % 2 == 0 ? "\"release/" + number + "\"" : "\"team-" + number + "/*\"")
                    .toList();
            granary.api(
                    "POST", "/v4/repositories/" + id + "/protected-branches", """
                        {"names": [%s], "actions": [{"action": "push", "enable": true, "related_role_ids": ["3"]}]}\
                        """.formatted(String.join(", ", names)));
        }
    }

    private static void holdCommits(Granary granary, long id) {
        for (int number = 0; number < COMMIT_RULES; number++) {
            granary.api("POST", "/v4/repositories/" + id + "/commit-rules", """
                {"name": "Rule %d", "branch_name": "*", "commit_message_regex": "^Note [0-9]+ for .{0,%<d}",
                  "author_email_regex": "@example\\\\.com$", "max_file_size": 100}\
                """.formatted(number));
        }
    }
}
