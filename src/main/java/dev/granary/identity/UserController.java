package dev.granary.identity;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** IAM's users, in Keystone's form and in its own ({@code OS-USER}). */
@RestController
class UserController {
    private static final String KEYSTONE = "/v3/users";
    private static final String IAM = "/v3.0/OS-USER/users";

    private final UserAdministration users;

    UserController(UserAdministration users) {
        this.users = users;
    }

    record One(IamUser user) {}

    record Many(List<IamUser> users, Links links) {}

    record Body(@Nullable UserChange user) {
        UserChange change() {
            if (user == null) {
                throw Problem.invalid("user", "required");
            }
            return user;
        }
    }

    @PostMapping({KEYSTONE, IAM})
    @ResponseStatus(HttpStatus.CREATED)
    One keystoneCreateUser(Caller caller, @RequestBody Body body) {
        return new One(users.create(caller, body.change()));
    }

    @GetMapping(KEYSTONE)
    Many keystoneListUsers(
            Caller caller,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable Boolean enabled) {
        return new Many(users.list(caller, name, enabled), Links.to(KEYSTONE));
    }

    @GetMapping({KEYSTONE + "/{user_id}", IAM + "/{user_id}"})
    One keystoneShowUser(Caller caller, @PathVariable("user_id") String userId) {
        return new One(users.show(caller, userId));
    }

    @PatchMapping(KEYSTONE + "/{user_id}")
    One keystoneUpdateUserByAdmin(Caller caller, @PathVariable("user_id") String userId, @RequestBody Body body) {
        return new One(users.update(caller, userId, body.change()));
    }

    @PutMapping(IAM + "/{user_id}")
    One updateUser(Caller caller, @PathVariable("user_id") String userId, @RequestBody Body body) {
        return new One(users.update(caller, userId, body.change()));
    }

    @DeleteMapping(KEYSTONE + "/{user_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keystoneDeleteUser(Caller caller, @PathVariable("user_id") String userId) {
        users.delete(caller, userId);
    }

    @PostMapping(KEYSTONE + "/{user_id}/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keystoneUpdateUserPassword(
            Caller caller, @PathVariable("user_id") String userId, @RequestBody Body body, HttpServletRequest request) {
        users.changePassword(caller, userId, body.change(), request.getRemoteAddr());
    }
}
