package dev.granary.remotes;

import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds out whether a copy lacks files that Git LFS keeps: they are no Git objects, and this server stores none. */
@Component
public class LargeFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LargeFiles.class);
    private static final int LARGEST_ATTRIBUTES = 1 << 20;

    private final RepositoryService repositories;

    LargeFiles(RepositoryService repositories) {
        this.repositories = repositories;
    }

    /** Whether the attributes at the top of the default branch hand files to LFS; false where that cannot be read. */
    public boolean missing(HostedRepository repository) {
        try (var git = repositories.openUnready(repository);
                var walk = new RevWalk(git)) {
            var head = git.exactRef(Constants.HEAD);
            if (head == null || head.getObjectId() == null) {
                return false;
            }
            var tree = walk.parseTree(head.getObjectId());
            try (var found = TreeWalk.forPath(walk.getObjectReader(), Constants.DOT_GIT_ATTRIBUTES, tree)) {
                return found != null && isFile(found) && namesFilter(walk.getObjectReader(), found);
            }
        } catch (IOException e) {
            LOG.warn("Whether repository {} uses LFS is not known", repository.id(), e);
            return false;
        }
    }

    private static boolean isFile(TreeWalk found) {
        return (found.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }

    private static boolean namesFilter(ObjectReader reader, TreeWalk found) throws IOException {
        var file = reader.open(found.getObjectId(0), Constants.OBJ_BLOB);
        return file.getSize() <= LARGEST_ATTRIBUTES
                && new String(file.getBytes(LARGEST_ATTRIBUTES), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .anyMatch(line -> Arrays.asList(line.split("\\s+")).contains("filter=lfs"));
    }
}
