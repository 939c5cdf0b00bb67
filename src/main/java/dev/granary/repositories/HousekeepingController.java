package dev.granary.repositories;

import dev.granary.kernel.Caller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HousekeepingController {
    private final HousekeepingService housekeeping;

    HousekeepingController(HousekeepingService housekeeping) {
        this.housekeeping = housekeeping;
    }

    @PostMapping("/v4/repositories/{repository_id}/housekeeping")
    void startHouseKeeping(Caller caller, @PathVariable("repository_id") int repositoryId) {
        housekeeping.start(caller, repositoryId);
    }
}
