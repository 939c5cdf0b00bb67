package dev.granary.ui.admin;

import java.util.List;

/**
 * A work of others that the program carries.
 *
 * @param name with that of its publisher: {@code org.slf4j:slf4j-api}, for example
 * @param licences it may be used under any of them
 * @param address where it is from; empty where that is not known
 */
public record Dependency(String name, String version, List<Licence> licences, String address) {
    public Dependency {
        licences = List.copyOf(licences);
    }

    /**
     * A licence.
     *
     * @param name its id of SPDX, or else what its users call it
     * @param address of its text; empty where that is not known
     */
    public record Licence(String name, String address) {}
}
