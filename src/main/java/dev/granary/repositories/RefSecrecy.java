package dev.granary.repositories;

import dev.granary.kernel.Caller;

/**
 * Knows which refs are hidden from whom. Rules say that, and they are made of more than repositories know: whoever has
 * the rules says it here, so that every way to a repository's refs leads past them.
 */
@FunctionalInterface
public interface RefSecrecy {
    /** What is hidden in a repository from a caller who may view it. */
    HiddenRefs hiddenFrom(Caller caller, HostedRepository repository);
}
