package dev.granary.projects;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The general policies of the account, projects, groups and repositories; the same is to be had under two paths. */
@RestController
class GeneralPolicyController {
    private final GeneralPolicyService policies;
    private final GeneralPolicyAnswers answers;

    GeneralPolicyController(GeneralPolicyService policies, GeneralPolicyAnswers answers) {
        this.policies = policies;
        this.answers = answers;
    }

    /** An extension: the policy of projects that have none of their own. */
    @GetMapping("/v4/tenant/general-policy")
    GeneralPolicyAnswers.OfScope showTenantGeneralPolicy(Caller caller) {
        return answers.ofScope(policies.show(caller, new Scope.Account()));
    }

    /** An extension. */
    @PutMapping("/v4/tenant/general-policy")
    GeneralPolicyAnswers.Changed updateTenantGeneralPolicy(Caller caller, @RequestBody GeneralPolicyChange body) {
        return answers.changed(policies.update(caller, new Scope.Account(), body));
    }

    @GetMapping({"/v4/projects/{project_id}/general-policy", "/v4/projects/{project_id}/policies/general"})
    GeneralPolicyAnswers.OfScope showProjectGeneralPolicy(Caller caller, @PathVariable("project_id") String projectId) {
        return answers.ofScope(policies.showProject(caller, projectId));
    }

    @PutMapping("/v4/projects/{project_id}/general-policy")
    GeneralPolicyAnswers.Changed updateProjectGeneralPolicy(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody GeneralPolicyChange body) {
        return answers.changed(policies.updateProject(caller, projectId, body));
    }

    @GetMapping({"/v4/groups/{group_id}/general-policy", "/v4/groups/{group_id}/policies/general"})
    GeneralPolicyAnswers.OfScope showGroupGeneralPolicy(Caller caller, @PathVariable("group_id") long groupId) {
        return answers.ofScope(policies.show(caller, new Scope.Group(groupId)));
    }

    @PutMapping("/v4/groups/{group_id}/general-policy")
    GeneralPolicyAnswers.Changed updateGroupGeneralPolicy(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody GeneralPolicyChange body) {
        return answers.changed(policies.update(caller, new Scope.Group(groupId), body));
    }

    @GetMapping("/v4/repositories/{repository_id}/general-policy")
    GeneralPolicyAnswers.OfRepository showRepositoryGeneralPolicy(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        return answers.ofRepository(policies.show(caller, new Scope.Repository(repositoryId)));
    }

    @PutMapping("/v4/repositories/{repository_id}/general-policy")
    GeneralPolicyAnswers.OfRepository updateRepositoryGeneralPolicy(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody GeneralPolicyChange body) {
        return answers.ofRepository(policies.update(caller, new Scope.Repository(repositoryId), body));
    }
}
