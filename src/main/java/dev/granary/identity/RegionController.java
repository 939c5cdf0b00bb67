package dev.granary.identity;

import dev.granary.kernel.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where clients look up the ids of their account (IAM's domain) and of their region (IAM's project). */
@RestController
class RegionController {
    private final UserService users;

    RegionController(UserService users) {
        this.users = users;
    }

    record Project(
            String id,
            String name,
            String description,
            String domainId,
            String parentId,
            boolean enabled,
            boolean isDomain,
            Links links) {
        static Project of(Region region) {
            var links = Links.to("/v3/projects/" + region.id());
            return new Project(
                    region.id(), region.name(), "", region.domainId(), region.domainId(), true, false, links);
        }
    }

    record Projects(List<Project> projects, Links links) {}

    record Domain(String id, String name, String description, boolean enabled, Links links) {}

    record Domains(List<Domain> domains, Links links) {}

    @GetMapping("/v3/projects")
    Projects keystoneListProjects(Caller caller, @RequestParam(required = false) @Nullable String name) {
        return new Projects(List.of(Project.of(users.region(caller, name))), Links.to("/v3/projects"));
    }

    @GetMapping("/v3/auth/domains")
    Domains keystoneListAuthDomains(Caller caller) {
        var account = users.account(caller);
        var links = Links.to("/v3/domains/" + account.uuid());
        return new Domains(
                List.of(new Domain(account.uuid(), account.name(), "", true, links)), Links.to("/v3/auth/domains"));
    }
}
