package dev.granary.repositories;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.attributes.AttributesNodeProvider;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.RefRename;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.jspecify.annotations.Nullable;

/**
 * A repository as somebody sees it from whom refs are hidden: for whatever reads it they are not there. They are still in
 * the way of new ones of their names. Closing it closes the whole one.
 */
final class PartialRepository extends Repository {
    private final Repository whole;
    private final RefDatabase refs;

    PartialRepository(Repository whole, HiddenRefs hidden) {
        super(options(whole));
        this.whole = whole;
        this.refs = new Refs(whole.getRefDatabase(), hidden);
    }

    private static BaseRepositoryBuilder<?, ?> options(Repository whole) {
        var options = new BaseRepositoryBuilder<>();
        options.setGitDir(whole.getDirectory());
        options.setGitCommonDir(whole.getCommonDirectory());
        options.setFS(whole.getFS());
        options.setBare();
        return options;
    }

    @Override
    public RefDatabase getRefDatabase() {
        return refs;
    }

    @Override
    protected void doClose() {
        whole.close();
    }

    @Override
    public void create(boolean bare) throws IOException {
        whole.create(bare);
    }

    @Override
    public String getIdentifier() {
        return whole.getIdentifier();
    }

    @Override
    public ObjectDatabase getObjectDatabase() {
        return whole.getObjectDatabase();
    }

    @Override
    public StoredConfig getConfig() {
        return whole.getConfig();
    }

    @Override
    public AttributesNodeProvider createAttributesNodeProvider() {
        return whole.createAttributesNodeProvider();
    }

    @Override
    public void scanForRepoChanges() throws IOException {
        whole.scanForRepoChanges();
    }

    @Override
    public void notifyIndexChanged(boolean internal) {
        whole.notifyIndexChanged(internal);
    }

    private static final class Refs extends RefDatabase {
        private final RefDatabase all;
        private final HiddenRefs hidden;

        Refs(RefDatabase all, HiddenRefs hidden) {
            this.all = all;
            this.hidden = hidden;
        }

        private List<Ref> visible(List<Ref> refs) {
            return refs.stream().filter(ref -> !hidden.contains(ref.getName())).toList();
        }

        @Override
        public @Nullable Ref exactRef(String name) throws IOException {
            return hidden.contains(name) ? null : all.exactRef(name);
        }

        @Override
        public Map<String, Ref> getRefs(String prefix) throws IOException {
            var visible = new HashMap<>(all.getRefs(prefix));
            visible.values().removeIf(ref -> hidden.contains(ref.getName()));
            return visible;
        }

        @Override
        public List<Ref> getRefsByPrefix(String prefix) throws IOException {
            return visible(all.getRefsByPrefix(prefix));
        }

        @Override
        public List<Ref> getRefsByPrefix(String... prefixes) throws IOException {
            return visible(all.getRefsByPrefix(prefixes));
        }

        @Override
        public List<Ref> getAdditionalRefs() throws IOException {
            return visible(all.getAdditionalRefs());
        }

        @Override
        public Collection<String> getConflictingNames(String name) throws IOException {
            return all.getConflictingNames(name).stream()
                    .filter(other -> !hidden.contains(other))
                    .toList();
        }

        @Override
        public boolean isNameConflicting(String name) throws IOException {
            return all.isNameConflicting(name);
        }

        @Override
        public boolean hasRefs() throws IOException {
            return all.hasRefs();
        }

        @Override
        public Ref peel(Ref ref) throws IOException {
            return all.peel(ref);
        }

        @Override
        public RefUpdate newUpdate(String name, boolean detach) throws IOException {
            return all.newUpdate(name, detach);
        }

        @Override
        public RefRename newRename(String from, String to) throws IOException {
            return all.newRename(from, to);
        }

        @Override
        public BatchRefUpdate newBatchUpdate() {
            return all.newBatchUpdate();
        }

        @Override
        public boolean performsAtomicTransactions() {
            return all.performsAtomicTransactions();
        }

        @Override
        public ReflogReader getReflogReader(Ref ref) throws IOException {
            return all.getReflogReader(ref);
        }

        @Override
        public void refresh() {
            all.refresh();
        }

        @Override
        public void create() throws IOException {
            all.create();
        }

        @Override
        public void close() {
            // The whole repository closes it.
        }
    }
}
