package dev.granary.repositories;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a repository's own objects folder holds at one moment: not what it borrows.
 *
 * @param packs the packs, oldest first
 * @param loose the loose objects
 */
record LocalObjects(List<Pack> packs, Set<ObjectId> loose) {
    /** Beside a pack of unreachable objects: when each was first found so. Native git calls it a cruft pack. */
    static final String CRUFT = "mtimes";

    private static final int CRUFT_HEADER_BYTES = 12;
    private static final Comparator<Pack> AGE =
            Comparator.comparing(LocalObjects::time).thenComparing(Pack::getPackName);

    static LocalObjects of(FileRepository repository) throws IOException {
        var packs = new ArrayList<>(repository.getObjectDatabase().getPacks());
        packs.removeIf(pack -> !pack.getPackFile().exists());
        packs.sort(AGE);
        var loose = new HashSet<ObjectId>();
        for (var prefix = 0; prefix < 256; prefix++) {
            var folder = "%02x".formatted(prefix);
            var names = new File(repository.getObjectsDirectory(), folder).list();
            for (var name : names == null ? new String[0] : names) {
                if (ObjectId.isId(folder + name)) {
                    loose.add(ObjectId.fromString(folder + name));
                }
            }
        }
        return new LocalObjects(List.copyOf(packs), loose);
    }

    /** When a pack was put in place, epoch milliseconds. */
    static long time(Pack pack) {
        return pack.getPackFile().lastModified();
    }

    static Path file(Pack pack, String extension) {
        var file = pack.getPackFile();
        return file.toPath().resolveSibling("pack" + '-' + pack.getPackName() + '.' + extension);
    }

    static boolean isCruft(Pack pack) {
        return Files.exists(file(pack, CRUFT));
    }

    static boolean hasBitmap(Pack pack) {
        return Files.exists(file(pack, "bitmap"));
    }

    boolean contains(AnyObjectId id) {
        return loose.contains(id) || packs.stream().anyMatch(pack -> has(pack, id));
    }

    /** Packs of which every object is also in a newer pack that fits the condition, the oldest first. */
    List<Pack> covered(Predicate<Pack> by) throws IOException {
        var covered = new ArrayList<Pack>();
        var newer = new ArrayList<Pack>();
        for (var pack : packs.reversed()) {
            if (!newer.isEmpty() && !pack.shouldBeKept() && isCovered(pack, newer)) {
                covered.add(pack);
            }
            if (by.test(pack)) {
                newer.add(pack);
            }
        }
        return covered.reversed();
    }

    private static boolean isCovered(Pack pack, List<Pack> newer) {
        for (var entry : pack) {
            var id = entry.toObjectId();
            if (newer.stream().noneMatch(other -> has(other, id))) {
                return false;
            }
        }
        return true;
    }

    static boolean has(Pack pack, AnyObjectId id) {
        try {
            return pack.hasObject(id);
        } catch (IOException e) {
            return false; // An unreadable index covers nothing.
        }
    }

    /** When each object of the cruft packs was first found unreachable, epoch seconds. */
    Map<ObjectId, Integer> cruftTimes() throws IOException {
        var times = new HashMap<ObjectId, Integer>();
        for (var pack : packs) {
            if (isCruft(pack)) {
                var content = ByteBuffer.wrap(Files.readAllBytes(file(pack, CRUFT)));
                var at = CRUFT_HEADER_BYTES;
                for (var entry : pack) {
                    times.merge(entry.toObjectId(), content.getInt(at), Math::min);
                    at += Integer.BYTES;
                }
            }
        }
        return times;
    }
}
