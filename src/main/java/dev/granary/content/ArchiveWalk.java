package dev.granary.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * Takes the files that go into an archive, in the order of Git. What {@code export-ignore} names in a
 * {@code .gitattributes} file of the commit is left out; {@code export-subst} is not done: files are as they are.
 */
final class ArchiveWalk {
    private static final String EXPORT_IGNORE = "export-ignore";
    private static final int LONGEST_LINK = 4096;

    private final Repository git;
    private final ObjectReader reader;
    private final Archive archive;
    private final ArchivePacker packer;

    ArchiveWalk(Repository git, ObjectReader reader, Archive archive, ArchivePacker packer) {
        this.git = git;
        this.reader = reader;
        this.archive = archive;
        this.packer = packer;
    }

    void run() throws IOException {
        try (var walk = new RevWalk(reader);
                var tree = new TreeWalk(git, reader)) {
            var commit = walk.parseCommit(archive.commit());
            var time = commit.getCommitTime() * 1000L;
            packer.folder(archive.name() + "/", time);
            tree.addTree(commit.getTree());
            tree.setAttributesNodeProvider(git.createAttributesNodeProvider());
            if (!archive.path().isEmpty()) {
                tree.setFilter(PathFilter.create(archive.path()));
            }
            while (tree.next()) {
                if (!tree.getAttributes().isSet(EXPORT_IGNORE)) {
                    add(tree, time);
                }
            }
        }
    }

    private void add(TreeWalk tree, long time) throws IOException {
        var name = archive.name() + "/" + tree.getPathString();
        var mode = tree.getFileMode(0);
        if (mode.equals(FileMode.TREE) || mode.equals(FileMode.GITLINK)) {
            packer.folder(name + "/", time);
            if (tree.isSubtree()) {
                tree.enterSubtree();
            }
            return;
        }
        var loader = reader.open(tree.getObjectId(0), Constants.OBJ_BLOB);
        if (mode.equals(FileMode.SYMLINK)) {
            packer.link(name, new String(loader.getCachedBytes(LONGEST_LINK), StandardCharsets.UTF_8), time);
            return;
        }
        packer.file(name, mode.equals(FileMode.EXECUTABLE_FILE), time, loader);
    }
}
