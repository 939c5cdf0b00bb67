package dev.granary.refs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Times;
import dev.granary.refs.AccessRule.Action;
import dev.granary.refs.LegacyProtectionController.AccessLevel;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Protects branches and tags by level, as v2 does: 0 nobody, 30 who works on code, 40 who manages. */
@Service
class LegacyProtectionService {
    private static final int SHORT_ID = 8;

    private final RepositoryService repositories;
    private final AccessRuleService rules;
    private final RefListStore refs;

    LegacyProtectionService(RepositoryService repositories, AccessRuleService rules, RefListStore refs) {
        this.repositories = repositories;
        this.rules = rules;
        this.refs = refs;
    }

    private enum Level {
        NO_ONE(0, "No one", Set.of()),
        DEVELOPERS(
                30,
                "Developers + Committer + Maintainers",
                Set.of(Role.DEVELOPER, Role.COMMITTER, Role.PROJECT_MANAGER)),
        MAINTAINERS(40, "Maintainers", Set.of(Role.PROJECT_MANAGER));

        private final int number;
        private final String description;
        private final Set<Role> roles;

        Level(int number, String description, Set<Role> roles) {
            this.number = number;
            this.description = description;
            this.roles = roles;
        }

        static Level of(String field, @Nullable Integer number) {
            if (number == null) {
                throw Problem.invalid(field, "required");
            }
            return Arrays.stream(values())
                    .filter(level -> level.number == number)
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid(field, "one-of", "0, 30, 40"));
        }

        Action of(RuleAction action) {
            return new Action(action, true, false, Set.of(), Set.of(), roles);
        }
    }

    /** A branch, its last commit and what protects it. */
    record ProtectedBranch(
            String name,
            LastCommit commit,
            // The field is called like a keyword.
            @JsonProperty("protected") boolean isProtected,
            boolean developersCanPush,
            boolean developersCanMerge,
            boolean masterCanPush,
            boolean masterCanMerge,
            boolean noOneCanPush,
            boolean noOneCanMerge,
            boolean inAnOpenedMergeRequest) {}

    record LastCommit(
            String id,
            String shortId,
            String createdAt,
            String title,
            List<String> parentIds,
            String message,
            String authorName,
            String committerName,
            String committedDate) {
        static LastCommit of(RevCommit commit) {
            var committed =
                    Times.v2(commit.getCommitterIdent().getWhenAsInstant().toEpochMilli());
            var message = commit.getFullMessage();
            return new LastCommit(
                    commit.name(),
                    commit.name().substring(0, SHORT_ID),
                    committed,
                    message.lines().findFirst().orElse(""),
                    Arrays.stream(commit.getParents()).map(RevCommit::name).toList(),
                    message,
                    commit.getAuthorIdent().getName(),
                    commit.getCommitterIdent().getName(),
                    committed);
        }
    }

    record ProtectedTag(String name, CreateLevel createAccessLevels) {}

    record CreateLevel(int accessLevel, String accessLevelDescription) {}

    /**
     * Sets who may push to a branch and merge into it, whatever held before.
     *
     * @throws Problem {@link ErrorCode#REF_NOT_FOUND} when there is no such branch
     */
    ProtectedBranch protectBranch(Caller caller, long repositoryId, String branch, @Nullable AccessLevel levels) {
        var repository = repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        if (levels == null) {
            throw Problem.invalid("access_level", "required");
        }
        var push = Level.of("push_access_level", levels.pushAccessLevel());
        var merge = Level.of("merge_access_level", levels.mergeAccessLevel());
        if (merge.number < push.number) {
            throw Problem.invalid("merge_access_level", "minimum", push.number);
        }
        var name = AccessRuleService.pattern(branch);
        var commit = lastCommit(repository, name);
        var rule = rules.put(
                new Scope.Repository(repository.id()),
                RuleKind.BRANCH,
                name,
                List.of(push.of(RuleAction.PUSH), merge.of(RuleAction.MERGE)));
        var protection = Protection.of(rule);
        return new ProtectedBranch(
                name,
                commit,
                protection.protects(),
                protection.developersCanPush(),
                protection.developersCanMerge(),
                protection.masterCanPush(),
                protection.masterCanMerge(),
                protection.noOneCanPush(),
                protection.noOneCanMerge(),
                refs.openRequests(repositoryId, Constants.R_HEADS + name) > 0);
    }

    private LastCommit lastCommit(HostedRepository repository, String branch) {
        try (var git = repositories.open(repository);
                var walk = new RevWalk(git)) {
            var ref = git.exactRef(Constants.R_HEADS + branch);
            if (ref == null) {
                throw new Problem(ErrorCode.REF_NOT_FOUND, branch);
            }
            return LastCommit.of(walk.parseCommit(ref.getObjectId()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sets who may create a tag, or the tags of a wildcard.
     *
     * @throws Problem {@link ErrorCode#RULE_EXISTS}
     */
    ProtectedTag protectTag(Caller caller, long repositoryId, @Nullable String name, @Nullable Integer number) {
        var scope = new Scope.Repository(repositoryId);
        rules.requireToChange(caller, scope);
        var pattern = AccessRuleService.pattern(name);
        var level = Level.of("create_access_level", number);
        rules.create(scope, RuleKind.TAG, Set.of(pattern), List.of(level.of(RuleAction.CREATE)));
        return new ProtectedTag(pattern, new CreateLevel(level.number, level.description));
    }
}
