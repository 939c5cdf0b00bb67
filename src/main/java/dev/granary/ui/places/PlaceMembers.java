package dev.granary.ui.places;

import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.members.MemberFilter;
import dev.granary.members.MembershipService;
import dev.granary.members.Site;
import dev.granary.projects.MemberService;
import dev.granary.projects.Namespace;
import dev.granary.ui.PlacePage;
import dev.granary.ui.places.PeoplePage.Person;
import dev.granary.ui.places.PeoplePage.Rights;
import java.util.List;
import org.springframework.stereotype.Component;

/** The members of projects and those of groups in one form: two services look after them. */
@Component
class PlaceMembers {
    private final MemberService ofProjects;
    private final MembershipService ofGroups;
    private final UserService users;

    PlaceMembers(MemberService ofProjects, MembershipService ofGroups, UserService users) {
        this.ofProjects = ofProjects;
        this.ofGroups = ofGroups;
        this.users = users;
    }

    static Rights rights(PlacePage place) {
        return place.isGroup()
                ? new Rights(
                        place.may(Permission.MEMBER_CREATE),
                        place.may(Permission.MEMBER_UPDATE),
                        place.may(Permission.MEMBER_DELETE))
                : new Rights(
                        place.may(Permission.PROJECT_MANAGE),
                        place.may(Permission.PROJECT_MANAGE),
                        place.may(Permission.PROJECT_MANAGE));
    }

    Page<Person> list(Caller caller, Namespace place, Slice slice) {
        if (place.group() == null) {
            return ofProjects
                    .list(caller, place.project().uuid(), slice)
                    .map(member -> new Person(
                            member.userUuid(), member.userName(), member.enabled(), Role.ofKey(member.role()), true));
        }
        var site = site(caller, place, Permission.PROJECT_VIEW);
        return ofGroups.list(site, MemberFilter.of("search", null), slice)
                .map(member -> new Person(
                        member.uuid(),
                        member.name(),
                        member.enabled(),
                        member.strongest().held(),
                        member.isOwnMember(site)));
    }

    void add(Caller caller, Namespace place, String name, Role role) {
        if (place.group() == null) {
            var user = users.byName(name).orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, "name", name));
            ofProjects.add(
                    caller,
                    place.project().uuid(),
                    List.of(new MemberService.NewMember(user.uuid(), role.number(), null)));
        } else {
            ofGroups.add(caller, site(caller, place, Permission.MEMBER_CREATE), name, role);
        }
    }

    void setRole(Caller caller, Namespace place, String uuid, Role role) {
        if (place.group() == null) {
            ofProjects.changeRole(caller, place.project().uuid(), List.of(uuid), role.number());
        } else {
            ofGroups.setRole(caller, site(caller, place, Permission.MEMBER_UPDATE), uuid, role);
        }
    }

    void remove(Caller caller, Namespace place, String uuid) {
        if (place.group() == null) {
            ofProjects.remove(caller, place.project().uuid(), List.of(uuid));
        } else {
            ofGroups.remove(caller, site(caller, place, Permission.MEMBER_DELETE), uuid);
        }
    }

    private Site site(Caller caller, Namespace place, Permission permission) {
        return ofGroups.requireGroup(caller, place.scope().id(), permission);
    }
}
