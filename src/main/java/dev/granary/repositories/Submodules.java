package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.DeployKeys;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.springframework.stereotype.Service;

/** The repositories of this server that a repository has as submodules, and the deploy keys they share with it. */
@Service
public class Submodules {
    private static final long GITMODULES_MAXIMUM = 1024 * 1024;
    private static final int MAXIMUM = 1000;

    private final RepositoryService repositories;
    private final RepositoryStore store;
    private final CloneAddresses addresses;
    private final AccessService access;
    private final DeployKeys keys;

    Submodules(
            RepositoryService repositories,
            RepositoryStore store,
            CloneAddresses addresses,
            AccessService access,
            DeployKeys keys) {
        this.repositories = repositories;
        this.store = store;
        this.addresses = addresses;
        this.access = access;
        this.keys = keys;
    }

    /** Lets a deploy key of a repository into its submodules, as far as the caller has their settings. */
    void attachKey(Caller caller, long repositoryId, long keyId) {
        var repository = repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        // Into the repository itself first: nothing happens, unless the key is not one of its keys.
        keys.attach(caller, keyId, repositoryId, repositoryId);
        manageable(caller, repository).forEach(submodule -> keys.attach(caller, keyId, repositoryId, submodule.id()));
    }

    /** Shuts the submodules of a repository to one of its deploy keys, as far as the caller has their settings. */
    void detachKey(Caller caller, long repositoryId, long keyId) {
        var repository = repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        keys.attach(caller, keyId, repositoryId, repositoryId);
        manageable(caller, repository).forEach(submodule -> keys.detach(caller, keyId, repositoryId, submodule.id()));
    }

    private List<HostedRepository> manageable(Caller caller, HostedRepository repository) {
        try (var git = repositories.open(repository)) {
            var config = gitmodules(git, repository.defaultBranch());
            return config.getSubsections(ConfigConstants.CONFIG_SUBMODULE_SECTION).stream()
                    .limit(MAXIMUM)
                    .map(name -> config.getString(
                            ConfigConstants.CONFIG_SUBMODULE_SECTION, name, ConfigConstants.CONFIG_KEY_URL))
                    .filter(Objects::nonNull)
                    .flatMap(url -> addresses.place(repository, url).stream())
                    .flatMap(place -> find(place).stream())
                    .filter(submodule -> submodule.id() != repository.id())
                    .filter(submodule ->
                            access.allows(caller, new Scope.Repository(submodule.id()), Permission.REPOSITORY_SETTINGS))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config gitmodules(Repository git, String branch) throws IOException {
        var head = git.exactRef(Constants.R_HEADS + branch);
        if (head == null) {
            return new Config();
        }
        try (var walk = new RevWalk(git)) {
            return read(git, walk, walk.parseCommit(head.getObjectId()));
        }
    }

    /** The {@code .gitmodules} of a commit; an empty one where there is none that can be read. */
    public static Config read(Repository git, RevWalk walk, RevCommit commit) throws IOException {
        try {
            var tree = commit.getTree();
            try (var file = TreeWalk.forPath(walk.getObjectReader(), Constants.DOT_GIT_MODULES, tree)) {
                if (file == null
                        || walk.getObjectReader().getObjectSize(file.getObjectId(0), Constants.OBJ_BLOB)
                                > GITMODULES_MAXIMUM) {
                    return new Config();
                }
                return new BlobBasedConfig(null, git, file.getObjectId(0));
            }
        } catch (ConfigInvalidException e) {
            return new Config();
        }
    }

    /**
     * The repository of this server that the address of a submodule leads to, as far as the caller may view it.
     *
     * @param from the repository that has the submodule: relative addresses start there
     */
    public Optional<HostedRepository> find(Caller caller, HostedRepository from, String address) {
        return addresses
                .place(from, address)
                .flatMap(this::find)
                .filter(found -> access.allows(caller, new Scope.Repository(found.id()), Permission.VIEW));
    }

    /** Whether the address of a submodule leads to this server. */
    public boolean isOurs(HostedRepository from, String address) {
        return addresses.place(from, address).isPresent();
    }

    private Optional<HostedRepository> find(String place) {
        return store.byPath(place);
    }
}
