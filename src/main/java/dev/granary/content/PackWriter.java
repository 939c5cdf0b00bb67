package dev.granary.content;

import dev.granary.storage.Durable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;

/** Writes the objects of one commit as one small pack, durable once {@link #flush} returns. */
final class PackWriter extends ObjectInserter.Filter {
    private final ObjectDirectory objects;
    private final ObjectInserter inserter;
    private final Set<String> before;

    private PackWriter(ObjectDirectory objects) {
        this.objects = objects;
        var packs = objects.newPackInserter();
        packs.checkExisting(false);
        this.inserter = packs;
        this.before = names(objects);
    }

    /** A writer into a repository; nothing is visible there before {@link #flush}. The caller closes it. */
    static ObjectInserter into(Repository git) {
        return git.getObjectDatabase() instanceof ObjectDirectory objects
                ? new PackWriter(objects)
                : git.newObjectInserter();
    }

    @Override
    protected ObjectInserter delegate() {
        return inserter;
    }

    @Override
    public void flush() throws IOException {
        inserter.flush();
        for (var name : names(objects)) {
            if (!before.contains(name)) {
                sync(objects.getPackDirectory().toPath().resolve(name));
            }
        }
        Durable.syncDirectory(objects.getPackDirectory().toPath());
    }

    /** Another writer's temporary file may be renamed meanwhile: whoever renames it makes it durable. */
    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException _) {
            return;
        }
    }

    private static Set<String> names(ObjectDirectory objects) {
        var names = objects.getPackDirectory().list();
        return names == null ? Set.of() : Set.of(names);
    }
}
