import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first start on an empty data folder, and what it leaves in memory. */
final class StartRow implements Row {
    private static final long SETTLE_MILLIS = 5_000;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void measure(Runs runs) {
        var seconds = new ArrayList<Sample>();
        var cpu = new ArrayList<Sample>();
        var resident = new ArrayList<Sample>();
        for (int round = 0; round < runs.rounds(); round++) {
            var data = runs.folder().resolve("empty-" + round);
            try {
                Files.createDirectories(data);
            } catch (IOException e) {
                throw new Failure("Cannot make " + data, e);
            }
            try (var granary = new Granary(data, Map.of())) {
                var took = granary.cpuSeconds();
                seconds.add(new Sample(granary.startSeconds(), took * 1000));
                cpu.add(new Sample(took, took * 1000));
                Thread.sleep(SETTLE_MILLIS);
                resident.add(new Sample(granary.residentMebibytes(), 0));
            } catch (InterruptedException e) {
                throw new Failure("Interrupted", e);
            }
        }
        runs.add(figure("start on an empty folder until the first answer", "s", seconds, Goal.under(3)));
        runs.add(figure("start on an empty folder, processor time", "CPU s", cpu, Goal.NONE));
        runs.add(figure("resident 5 s after the start", "MiB", resident, Goal.NONE));
    }

    private Figure figure(String what, String unit, List<Sample> samples, Goal goal) {
        return new Figure(name(), what, unit, false, samples, List.of(), goal, "");
    }
}
