package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.repositories.HiddenRefs;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefSecrecy;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.springframework.stereotype.Component;

/** Hides the tags that a rule leaves to others to read. Administrators read all; deploy keys are nobody's others. */
@Component
class TagSecrecy implements RefSecrecy {
    private final RuleSets ruleSets;
    private final AccessService access;
    private final RuleUserGroupStore userGroups;

    TagSecrecy(RuleSets ruleSets, AccessService access, RuleUserGroupStore userGroups) {
        this.ruleSets = ruleSets;
        this.access = access;
        this.userGroups = userGroups;
    }

    @Override
    public HiddenRefs hiddenFrom(Caller caller, HostedRepository repository) {
        var rules = ruleSets.of(repository);
        var administrates = caller instanceof Caller.User user && user.administrator();
        if (rules.closing().isEmpty() || administrates) {
            return HiddenRefs.NONE;
        }
        var asker = new Asker(caller, repository, access, userGroups);
        var closed = new TreeSet<Long>();
        rules.closing().forEach((rule, reading) -> {
            if (!asker.isAmong(reading)) {
                closed.add(rule.id());
            }
        });
        return closed.isEmpty()
                ? HiddenRefs.NONE
                : new HiddenRefs(repository.rulesVersion() + "-" + closed, ref -> {
                    var rule = ref.startsWith(Constants.R_TAGS)
                            ? rules.tag(ref.substring(Constants.R_TAGS.length()))
                            : null;
                    return rule != null && closed.contains(rule.id());
                });
    }
}
