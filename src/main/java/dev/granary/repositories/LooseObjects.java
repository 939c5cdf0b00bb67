package dev.granary.repositories;

import dev.granary.storage.Durable;
import dev.granary.storage.Together;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;

/**
 * Writes loose objects several at a time. JGit's inserter waits for the disk after each, looks for each in every pack
 * first, and would leave an object to the repository it is borrowed from.
 */
final class LooseObjects {
    private LooseObjects() {}

    /** Puts objects in place, durably. */
    static void write(ObjectDirectory directory, Collection<NewObject> objects) throws IOException {
        var folders = new TreeSet<Path>();
        Together.run(objects.stream()
                .<Callable<?>>map(object -> () -> write(directory, object))
                .toList());
        for (var object : objects) {
            folders.add(folder(directory, object));
        }
        // Those that somebody else put in place a moment ago too: he may not have come to that yet.
        folders.add(directory.getDirectory().toPath());
        Durable.syncDirectories(folders);
    }

    private static File write(ObjectDirectory directory, NewObject object) throws IOException {
        var target = directory.fileFor(object.id());
        if (target.exists()) {
            return target;
        }
        var temporary = File.createTempFile(PackFiles.TEMPORARY, ".object_tmp", directory.getDirectory())
                .toPath();
        try {
            try (var file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var content = ByteBuffer.wrap(deflate(object));
                while (content.hasRemaining()) {
                    file.write(content);
                }
                file.force(true);
            }
            temporary.toFile().setReadOnly();
            create(folder(directory, object));
            Files.move(temporary, target.toPath(), StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static Path folder(ObjectDirectory directory, NewObject object) {
        return directory.getDirectory().toPath().resolve(object.id().name().substring(0, 2));
    }

    private static void create(Path folder) throws IOException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            // By another push.
        }
    }

    /** Quickly rather than well, as native git does: housekeeping soon compresses it anew. */
    private static byte[] deflate(NewObject object) throws IOException {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        var out = new ByteArrayOutputStream();
        try (var compressed = new DeflaterOutputStream(out, deflater)) {
            var header = Constants.typeString(object.type()) + ' ' + object.content().length + '\0';
            compressed.write(header.getBytes(StandardCharsets.US_ASCII));
            compressed.write(object.content());
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }
}
