package dev.granary.ui.settings;

import dev.granary.workitems.NewE2eSetting;
import dev.granary.workitems.NewE2eSetting.NewLink;
import dev.granary.workitems.NewE2eSetting.NewPolicies;
import dev.granary.workitems.NewE2eSetting.NewReq;
import org.jspecify.annotations.Nullable;

/**
 * How a repository goes together with a tracker, as the form has it; what is absent was not sent.
 *
 * @param extract {@code true} where messages of commits are looked at; so the other switches
 * @param restrict whether merge requests may have some work items only
 * @param linked whether the tracker has pages of its own
 */
public record WorkItemForm(
        @Nullable String extract,
        @Nullable String prefix,
        @Nullable String separator,
        @Nullable String suffix,
        @Nullable String restrict,
        @Nullable String branches,
        @Nullable String branchesType,
        @Nullable String categories,
        @Nullable String excluded,
        @Nullable String linked,
        @Nullable String url) {
    NewE2eSetting change() {
        return new NewE2eSetting(
                new NewPolicies("true".equals(extract), prefix, separator, suffix),
                new NewReq("true".equals(restrict), branches, branchesType, null, categories, null, excluded, null),
                new NewLink("true".equals(linked), url, null, null, null, null, null));
    }
}
