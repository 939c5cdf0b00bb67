package dev.granary.reviews;

import dev.granary.reviews.Person.Part;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Whether people and builders have said of a merge request what it needs before it is merged. */
@Component
class ApprovalGates {
    static final String ACCEPTED = "approved";

    private static final String SUCCESS = "success";

    private final ApproverSettings settings;
    private final MergeRequestSettings requestSettings;
    private final PersonStore people;
    private final Eligibility eligibility;
    private final EvaluationGate evaluation;
    private final PipelineStore pipelines;

    ApprovalGates(
            ApproverSettings settings,
            MergeRequestSettings requestSettings,
            PersonStore people,
            Eligibility eligibility,
            EvaluationGate evaluation,
            PipelineStore pipelines) {
        this.settings = settings;
        this.requestSettings = requestSettings;
        this.people = people;
        this.eligibility = eligibility;
        this.evaluation = evaluation;
        this.pipelines = pipelines;
    }

    /**
     * The gates, each of which is open where nothing is asked for.
     *
     * @param approvers whether enough approvers have approved, among them all who must; open where requests are voted on
     * @param reviewers the same of reviewers
     * @param vote whether the scores are enough and all who must vote have; open where requests are approved
     * @param evaluation whether somebody whose evaluation counts gave one
     * @param pipeline whether the newest pipeline of the head succeeded
     */
    record Passed(boolean approvers, boolean reviewers, boolean vote, boolean evaluation, boolean pipeline) {
        boolean all() {
            return approvers && reviewers && vote && evaluation && pipeline;
        }
    }

    /** How the gates of a request are now. Only the database is asked, so it may run in a transaction. */
    Passed of(MergeRequest request) {
        var setting = settings.of(request);
        var requestSetting = requestSettings.of(request.repositoryId());
        var all = people.of(request.id());
        var votes = ApproverSettings.isVotedOn(request);
        return new Passed(
                votes || accepted(request, setting, requestSetting, all, Part.APPROVER),
                votes || accepted(request, setting, requestSetting, all, Part.REVIEWER),
                !votes || voted(request, requestSetting, all),
                !requestSetting.evaluationMergeGate() || evaluation.isPassed(request, requestSetting),
                !setting.onlyMergeWhenPipelinePass()
                        || pipelines
                                .newestOf(request.repositoryId(), request.headCommit(), request.sourceBranch())
                                .filter(pipeline -> pipeline.status().equals(SUCCESS))
                                .isPresent());
    }

    private boolean accepted(
            MergeRequest request,
            ApproverSetting setting,
            MergeRequestSetting requestSetting,
            List<Person> all,
            Part part) {
        if (setting.least(part) == 0) {
            return true;
        }
        var counting = counting(request, requestSetting, all, part);
        return counting.stream().filter(ApprovalGates::hasAccepted).count() >= setting.least(part)
                && counting.stream().filter(Person::required).allMatch(ApprovalGates::hasAccepted);
    }

    private static boolean hasAccepted(Person person) {
        return ACCEPTED.equals(person.state());
    }

    private boolean voted(MergeRequest request, MergeRequestSetting requestSetting, List<Person> all) {
        var counting = counting(request, requestSetting, all, Part.VOTER);
        return counting.stream()
                                .mapToLong(person -> Objects.requireNonNullElse(person.score(), 0L))
                                .sum()
                        >= requestSetting.onlyAllowMergeIfVoteBiggerThan()
                && counting.stream().filter(Person::required).allMatch(person -> person.score() != null);
    }

    /** Those of a part whose word counts; of those who may no longer have it, nothing is awaited either. */
    private List<Person> counting(
            MergeRequest request, MergeRequestSetting requestSetting, List<Person> all, Part part) {
        return all.stream()
                .filter(person -> person.is(part)
                        && (person.required() || person.saidAt() != null)
                        && eligibility.counts(request, requestSetting, part, person.userId()))
                .toList();
    }
}
