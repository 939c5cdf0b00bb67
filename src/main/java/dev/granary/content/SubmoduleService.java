package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.Revisions;
import dev.granary.content.CommitService.Order;
import dev.granary.identity.DeployKeys;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.CloneAddresses;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.repositories.Submodules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists the submodules of repositories, and adds repositories of this server as such. */
@Service
class SubmoduleService {
    private static final String SECTION = ConfigConstants.CONFIG_SUBMODULE_SECTION;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final RepositoryService repositories;
    private final Submodules submodules;
    private final CloneAddresses addresses;
    private final DeployKeys keys;
    private final CommitService commits;

    SubmoduleService(
            RepositoryService repositories,
            Submodules submodules,
            CloneAddresses addresses,
            DeployKeys keys,
            CommitService commits) {
        this.repositories = repositories;
        this.submodules = submodules;
        this.addresses = addresses;
        this.keys = keys;
        this.commits = commits;
    }

    /** Commits a submodule to a branch, in {@code .gitmodules} and in the tree, and returns the commit's id. */
    String add(Caller caller, long repositoryId, NewSubmodule body) {
        var repository = repositories.require(caller, repositoryId, Permission.COMMIT);
        if (!(caller instanceof Caller.User user)) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        var branch = CommitService.branch("branch_name", body.branchName());
        var path = FilePath.parse("file_path", Objects.requireNonNullElse(body.filePath(), ""));
        var followed = CommitService.branch("subrepo_branch", body.subrepoBranch());
        var message = CommitService.message(
                body.commitMessage() == null || body.commitMessage().isEmpty()
                        ? "Add submodule " + path.text() + "\n"
                        : body.commitMessage());
        var module = module(caller, body.subrepoId());
        if (module.id() == repositoryId) {
            throw Problem.invalid("subrepo_id", "self");
        }
        var link = FileChange.ofSubmodule(path, tip(module, followed));
        try (var git = repositories.open(caller, repository)) {
            var commit = commits.commit(
                    user,
                    repository,
                    git,
                    () -> {
                        var modules = modules(git, branch, path, relative(repository, module), followed);
                        return new Order(branch, null, message, List.of(modules, link), null, null, false);
                    },
                    branch);
            return commit.id();
        }
    }

    private HostedRepository module(Caller caller, @Nullable String id) {
        var text = id == null ? "" : id.strip();
        if (text.isEmpty()) {
            throw Problem.invalid("subrepo_id", "required");
        }
        if (Ids.isUuid(text)) {
            return repositories.requireByUuid(caller, text, Permission.DOWNLOAD);
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Problem.invalid("subrepo_id", "uuid");
        }
        return repositories.require(caller, Long.parseLong(text), Permission.DOWNLOAD);
    }

    private ObjectId tip(HostedRepository module, String branch) {
        try (var git = repositories.open(module)) {
            var ref = git.exactRef(branch);
            if (ref == null) {
                throw new Problem(ErrorCode.REF_NOT_FOUND, Repository.shortenRefName(branch));
            }
            return ref.getObjectId();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A relative address is good for every way in which the repository itself may be cloned. */
    private static String relative(HostedRepository from, HostedRepository to) {
        var start = List.of(from.fullPath().split("/"));
        var end = List.of(to.fullPath().split("/"));
        var common = 0;
        while (common < Math.min(start.size(), end.size()) - 1
                && start.get(common).equals(end.get(common))) {
            common++;
        }
        return "../".repeat(start.size() - common)
                + String.join("/", end.subList(common, end.size()))
                + Constants.DOT_GIT_EXT;
    }

    private static FileChange modules(Repository git, String branch, FilePath path, String address, String followed) {
        try (var walk = new RevWalk(git)) {
            var ref = git.exactRef(branch);
            var head = ref == null ? null : walk.parseCommit(ref.getObjectId());
            var known = head != null && has(walk, head, Constants.DOT_GIT_MODULES) ? head.copy() : null;
            var config = head == null || known == null ? new Config() : Submodules.read(git, walk, head);
            if (known != null && !(config instanceof BlobBasedConfig)) {
                throw Problem.invalid(Constants.DOT_GIT_MODULES, "gitmodules");
            }
            for (var name : config.getSubsections(SECTION)) {
                if (name.equals(path.text())
                        || path.text().equals(config.getString(SECTION, name, ConfigConstants.CONFIG_KEY_PATH))) {
                    throw new Problem(ErrorCode.SUBMODULE_EXISTS, path.text());
                }
            }
            config.setString(SECTION, path.text(), ConfigConstants.CONFIG_KEY_PATH, path.text());
            config.setString(SECTION, path.text(), ConfigConstants.CONFIG_KEY_URL, address);
            config.setString(
                    SECTION, path.text(), ConfigConstants.CONFIG_BRANCH_SECTION, Repository.shortenRefName(followed));
            var file = FilePath.parse(Constants.DOT_GIT_MODULES, Constants.DOT_GIT_MODULES);
            return FileChange.ofFile(file, config.toText().getBytes(StandardCharsets.UTF_8), known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean has(RevWalk walk, RevCommit commit, String path) throws IOException {
        try (var tree = TreeWalk.forPath(walk.getObjectReader(), path, commit.getTree())) {
            return tree != null;
        }
    }

    /** A page of the submodules that a branch, tag or commit names, as {@code .gitmodules} has them. */
    Page<Submodule> list(Caller caller, long repositoryId, @Nullable String revision, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var asked = Objects.requireNonNullElse(revision, "");
        try (var git = repositories.open(caller, repository);
                var walk = new RevWalk(git)) {
            var commit = new Revisions(git, walk).require("sha", asked);
            var config = Submodules.read(git, walk, commit);
            var names = config.getSubsections(SECTION).stream()
                    .filter(name -> config.getString(SECTION, name, ConfigConstants.CONFIG_KEY_PATH) != null)
                    .sorted()
                    .toList();
            var page = new ArrayList<Submodule>();
            for (var name :
                    names.stream().skip(slice.offset()).limit(slice.limit()).toList()) {
                page.add(submodule(caller, repository, asked, config, name, walk, commit));
            }
            return new Page<>(page, names.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Submodule submodule(
            Caller caller,
            HostedRepository repository,
            String asked,
            Config config,
            String name,
            RevWalk walk,
            RevCommit commit)
            throws IOException {
        var path = config.getString(SECTION, name, ConfigConstants.CONFIG_KEY_PATH);
        var address = Objects.requireNonNullElse(config.getString(SECTION, name, ConfigConstants.CONFIG_KEY_URL), "");
        var module = submodules.find(caller, repository, address);
        var link = gitlink(walk, commit, path);
        var reachable = module.isPresent() || !submodules.isOurs(repository, address);
        return new Submodule(
                repository.id(),
                asked,
                path,
                module.map(addresses::http).orElse(address),
                Objects.requireNonNullElse(config.getString(SECTION, name, ConfigConstants.CONFIG_BRANCH_SECTION), ""),
                module.map(HostedRepository::fullPath).orElse(null),
                module.map(HostedRepository::id).orElse(null),
                module.map(HostedRepository::name).orElse(null),
                link == null ? null : link.name(),
                module.filter(found -> keys.areShared(repository.id(), found.id()))
                                .isPresent()
                        ? 1
                        : 0,
                link != null && reachable ? 1 : 0);
    }

    private static @Nullable ObjectId gitlink(RevWalk walk, RevCommit commit, String path) throws IOException {
        if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
            return null;
        }
        try (var tree = TreeWalk.forPath(walk.getObjectReader(), path, commit.getTree())) {
            return tree != null && FileMode.GITLINK.equals(tree.getRawMode(0)) ? tree.getObjectId(0) : null;
        }
    }
}
