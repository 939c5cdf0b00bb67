package dev.granary.repositories;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import dev.granary.api.Failures;
import dev.granary.kernel.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Checks of repository names before a repository is created. */
@RestController
class RepositoryNameController {
    private final RepositoryNameService names;
    private final Failures failures;

    RepositoryNameController(RepositoryNameService names, Failures failures) {
        this.names = names;
        this.failures = failures;
    }

    record NameCheck(
            @Nullable String name,
            @Nullable String projectId,
            @Nullable Long groupId) {}

    /** One check, as the contract says, or a list of them, as the operation's name does. */
    record NameChecks(@Size(max = 100) List<@NotNull NameCheck> checks) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        NameChecks(@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<NameCheck> checks) {
            this.checks = checks;
        }
    }

    /**
     * @param result whether a repository may have the name
     * @param errorMessage why not, in the request's language; null when it may
     */
    record NameVerdict(
            @Nullable String name,
            @Nullable String projectId,
            @Nullable Long groupId,
            boolean result,
            @Nullable String errorMessage) {}

    @GetMapping("/v1/projects/{project_uuid}/repositories/validation/{repository_name}")
    boolean showRepositoryNameExist(
            Caller caller,
            @PathVariable("project_uuid") String projectUuid,
            @PathVariable("repository_name") String repositoryName,
            @RequestParam(name = "group_id", required = false) @Nullable Long groupId) {
        return names.isFree(caller, projectUuid, groupId, repositoryName);
    }

    @PostMapping("/v4/repository-names/validations")
    List<NameVerdict> batchValidateRepoNames(Caller caller, @Valid @RequestBody NameChecks body, Locale locale) {
        return body.checks().stream()
                .map(check -> {
                    var problem = names.check(caller, check.name(), check.projectId(), check.groupId());
                    return new NameVerdict(
                            check.name(),
                            check.projectId(),
                            check.groupId(),
                            problem.isEmpty(),
                            problem.map(reason -> failures.text(reason, locale)).orElse(null));
                })
                .toList();
    }
}
