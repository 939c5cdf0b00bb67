package dev.granary.transport;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HiddenRefs;
import dev.granary.repositories.HostedRepository;
import java.util.Locale;

/**
 * A Git request that was let in.
 *
 * @param hidden what the caller does not see of it
 * @param locale the language for messages to the client
 * @param version2 whether the client asked for version 2 of the wire protocol
 * @param stateless whether each request is one exchange, as over HTTP
 */
record GitSession(
        Caller caller,
        HostedRepository repository,
        HiddenRefs hidden,
        GitCommand command,
        Locale locale,
        boolean version2,
        boolean stateless) {}
