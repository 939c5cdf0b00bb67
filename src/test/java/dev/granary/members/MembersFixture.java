package dev.granary.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Visibility;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import dev.granary.testing.Http;
import dev.granary.testing.TestDatabase;
import java.util.Map;

/** A project with a manager, a repository and a group. */
final class MembersFixture {
    final GranaryServer server;
    final UserAccount manager;
    final Http client;
    final Project project;
    final HostedRepository repository;
    final Scope.Group group;

    MembersFixture(TestDatabase database) {
        server = GranaryServer.shared(database);
        manager = server.newUser("manager");
        client = as(manager);
        var caller = server.caller(manager.name());
        project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("people"), "", "scrum");
        repository = server.bean(RepositoryService.class)
                .create(caller, project, GranaryServer.unique("code"), "", Visibility.PRIVATE.level());
        group = Groups.create(client, project.uuid(), null);
    }

    Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    /** A new user with a role in the project, by ProjectMan's number. */
    UserAccount member(String name, int role) {
        var user = server.newUser(name);
        assertThat(client.post(inProject("/member"), Map.of("user_id", user.uuid(), "role_id", role))
                        .status())
                .isEqualTo(204);
        return user;
    }

    /** A new user group with these users; its id on the wire. */
    String userGroup(UserAccount... users) {
        var admin = server.asAdmin();
        var id = admin.post("/v3/groups", Map.of("group", Map.of("name", GranaryServer.unique("team"))))
                .json()
                .at("/group/id")
                .asString();
        for (var user : users) {
            assertThat(admin.put("/v3/groups/" + id + "/users/" + user.uuid(), null)
                            .status())
                    .isEqualTo(204);
        }
        return id;
    }

    String inProject(String path) {
        return "/v4/projects/" + project.uuid() + path;
    }

    String inGroup(String path) {
        return "/v4/groups/" + group.id() + path;
    }

    String inRepository(String path) {
        return "/v4/repositories/" + repository.id() + path;
    }

    String inRepositoryV1(String path) {
        return "/v1/repositories/" + repository.uuid() + path;
    }
}
