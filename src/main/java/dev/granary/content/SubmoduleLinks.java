package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.repositories.CloneAddresses;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.Submodules;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where the submodules of a commit come from. */
@Component
class SubmoduleLinks {
    private static final String SECTION = ConfigConstants.CONFIG_SUBMODULE_SECTION;

    private final Submodules submodules;
    private final CloneAddresses addresses;

    SubmoduleLinks(Submodules submodules, CloneAddresses addresses) {
        this.submodules = submodules;
        this.addresses = addresses;
    }

    /**
     * Where a submodule comes from.
     *
     * @param address where to clone it from; as it is written where it is not of this server
     * @param branch the branch it follows; null when none is written
     */
    record Link(String address, @Nullable String branch) {}

    /** The submodules that a {@code .gitmodules} file names, by their paths. */
    Map<String, Link> of(Caller caller, HostedRepository repository, Config modules) {
        var links = new HashMap<String, Link>();
        for (var name : modules.getSubsections(SECTION)) {
            var path = modules.getString(SECTION, name, ConfigConstants.CONFIG_KEY_PATH);
            if (path != null) {
                var address = Objects.requireNonNullElse(
                        modules.getString(SECTION, name, ConfigConstants.CONFIG_KEY_URL), "");
                var branch = modules.getString(SECTION, name, ConfigConstants.CONFIG_BRANCH_SECTION);
                links.put(path, new Link(address(caller, repository, address), branch));
            }
        }
        return links;
    }

    private String address(Caller caller, HostedRepository repository, String address) {
        return submodules.find(caller, repository, address).map(addresses::http).orElse(address);
    }
}
