package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.Person.Part;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who must and who may review or approve a merge request, by the approver setting of its target branch. */
@Service
class ApprovalCandidateService {
    private static final int LONGEST_SEARCH = 255;

    private final CandidateService candidates;
    private final ApproverSettings settings;
    private final MergeRequestSettings requestSettings;
    private final MergeRequestService service;
    private final Eligibility eligibility;
    private final RepositoryService repositories;
    private final UserService users;
    private final AccessService access;

    ApprovalCandidateService(
            CandidateService candidates,
            ApproverSettings settings,
            MergeRequestSettings requestSettings,
            MergeRequestService service,
            Eligibility eligibility,
            RepositoryService repositories,
            UserService users,
            AccessService access) {
        this.candidates = candidates;
        this.settings = settings;
        this.requestSettings = requestSettings;
        this.service = service;
        this.eligibility = eligibility;
        this.repositories = repositories;
        this.users = users;
        this.access = access;
    }

    /**
     * For which request.
     *
     * @param iid of one that is there; otherwise it is one that the caller would make
     * @param targetId the repository that it goes to, where that is another one
     * @param search what a name contains
     */
    record Question(
            @Nullable String targetBranch,
            @Nullable String sourceBranch,
            @Nullable Long iid,
            @Nullable String targetId,
            @Nullable String search) {}

    /** Who must, and a page of those who may besides. */
    record Candidates(List<UserAccount> required, Page<UserAccount> optional, Set<Long> counting) {}

    Candidates list(Caller caller, long repositoryId, Part part, Question question, Slice slice) {
        var user = access.requireUser(caller);
        repositories.require(caller, repositoryId, Permission.VIEW);
        var target = CandidateService.target(repositoryId, question.targetId());
        repositories.require(caller, target, Permission.VIEW);
        var branch = RequestInputs.branch("target_branch", question.targetBranch());
        RequestInputs.branch("source_branch", question.sourceBranch());
        var search = Texts.line("search", question.search(), 0, LONGEST_SEARCH).toLowerCase(Locale.ROOT);
        var requestSetting = requestSettings.of(target);
        var author = user.id();
        var votes = requestSetting.reviewMode().equals(MergeRequestSetting.VOTE);
        if (question.iid() != null) {
            var request = service.require(caller, target, question.iid(), Permission.VIEW)
                    .request();
            author = request.authorId();
            votes = ApproverSettings.isVotedOn(request);
        }
        var setting = settings.of(target, branch, votes);
        var required = named(setting.required(part), search);
        var optional = setting.onlyListed()
                ? page(besides(setting, part, search), slice)
                : users(candidates.besides(target, part, search, setting.required(part), slice));
        var counting = new HashSet<Long>();
        for (var list : List.of(required, optional.items())) {
            for (var person : list) {
                if (eligibility.counts(target, author, requestSetting, part, person)) {
                    counting.add(person.id());
                }
            }
        }
        return new Candidates(required, optional, counting);
    }

    private List<UserAccount> besides(ApproverSetting setting, Part part, String search) {
        return named(setting.addable(part), search).stream()
                .filter(user -> !setting.required(part).contains(user.id()))
                .toList();
    }

    private List<UserAccount> named(Collection<Long> ids, String search) {
        return users.byIds(ids).values().stream()
                .filter(user -> user.name().toLowerCase(Locale.ROOT).contains(search))
                .sorted(Comparator.comparing(user -> user.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static Page<UserAccount> page(List<UserAccount> all, Slice slice) {
        return new Page<>(all.stream().skip(slice.offset()).limit(slice.limit()).toList(), all.size());
    }

    private Page<UserAccount> users(Page<Long> ids) {
        var known = users.byIds(ids.items());
        return new Page<>(
                ids.items().stream().filter(known::containsKey).map(known::get).toList(), ids.total());
    }
}
