package dev.granary.workitems;

import dev.granary.kernel.Patterns;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of an {@link E2eSetting}; what is absent stays as it is. */
public record NewE2eSetting(
        @Nullable NewPolicies e2ePolicies,
        @Nullable NewReq req,
        @Nullable NewLink link) {
    private static final int MOST_PREFIXES = 10;
    private static final int LONGEST_SYMBOL = 200;
    private static final int LONGEST_LIST = 2_000;
    private static final int LONGEST_URL = 1_000;
    private static final Set<String> PROJECT_TYPES = Set.of("scrum", "ipd", "xboard");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** A change of the policies. */
    public record NewPolicies(
            @Nullable Boolean autoExtract,
            @Nullable String prefixSymbol,
            @Nullable String separator,
            @Nullable String suffixSymbol) {}

    /** A change of what merge requests may have. */
    public record NewReq(
            @Nullable Boolean active,
            @Nullable String branches,
            @Nullable String branchesType,
            @Nullable String projectType,
            @Nullable String categories,
            @Nullable String categoryCodes,
            @Nullable String excludeStatuses,
            @Nullable String excludeStatusCodes) {}

    /**
     * A change of the tracker.
     *
     * @param appAk refused, as the other two: the server never signs in to a tracker
     */
    public record NewLink(
            @Nullable Boolean active,
            @Nullable String url,
            @Nullable String appAuthType,
            @Nullable String appAk,
            @Nullable String appSk,
            @Nullable String categories,
            @Nullable String excludeStatuses) {}

    /**
     * The changed setting.
     *
     * @param names whether branches may be named, not only described by an expression
     */
    E2eSetting changed(E2eSetting old, boolean names) {
        return new E2eSetting(policies(old.e2ePolicies()), req(old.req(), names), link(old.link()));
    }

    private E2eSetting.Policies policies(E2eSetting.Policies old) {
        if (e2ePolicies == null) {
            return old;
        }
        var changed = new E2eSetting.Policies(
                or(e2ePolicies.autoExtract, old.autoExtract()),
                list("e2e_policies.prefix_symbol", or(e2ePolicies.prefixSymbol, old.prefixSymbol())),
                symbol("e2e_policies.separator", or(e2ePolicies.separator, old.separator())),
                symbol("e2e_policies.suffix_symbol", or(e2ePolicies.suffixSymbol, old.suffixSymbol())));
        var prefixes = E2eSetting.entries(changed.prefixSymbol());
        if (changed.autoExtract() && (prefixes.isEmpty() || prefixes.size() > MOST_PREFIXES)) {
            throw Problem.invalid("e2e_policies.prefix_symbol", "entries", 1, MOST_PREFIXES);
        }
        prefixes.forEach(prefix -> symbol("e2e_policies.prefix_symbol", prefix));
        return changed;
    }

    private E2eSetting.Req req(E2eSetting.Req old, boolean names) {
        if (req == null) {
            return old;
        }
        var type = or(req.branchesType, old.branchesType());
        if (!type.equals(E2eSetting.REGEX) && !(names && type.equals(E2eSetting.PLAIN))) {
            throw Problem.invalid(
                    "req.branches_type",
                    "one-of",
                    names ? E2eSetting.PLAIN + ", " + E2eSetting.REGEX : E2eSetting.REGEX);
        }
        var branches = or(req.branches, old.branches());
        var projectType = or(req.projectType, old.projectType());
        if (!PROJECT_TYPES.contains(projectType)) {
            throw Problem.invalid("req.project_type", "one-of", "scrum, ipd, xboard");
        }
        return new E2eSetting.Req(
                or(req.active, old.active()),
                type.equals(E2eSetting.REGEX)
                        ? Patterns.checked("req.branches", branches)
                        : list("req.branches", branches),
                type,
                projectType,
                list("req.categories", or(req.categories, old.categories())),
                list("req.category_codes", or(req.categoryCodes, old.categoryCodes())),
                list("req.exclude_statuses", or(req.excludeStatuses, old.excludeStatuses())),
                list("req.exclude_status_codes", or(req.excludeStatusCodes, old.excludeStatusCodes())));
    }

    private E2eSetting.Link link(E2eSetting.Link old) {
        if (link == null) {
            return old;
        }
        refuse("link.app_auth_type", link.appAuthType);
        refuse("link.app_ak", link.appAk);
        refuse("link.app_sk", link.appSk);
        var active = or(link.active, old.active());
        var url = Texts.line("link.url", or(link.url, old.url()), active ? 1 : 0, LONGEST_URL);
        if (!url.isEmpty() && !isTemplate(url)) {
            throw Problem.invalid("link.url", "url-template", TrackerLinks.ID);
        }
        return new E2eSetting.Link(
                active,
                url,
                list("link.categories", or(link.categories, old.categories())),
                list("link.exclude_statuses", or(link.excludeStatuses, old.excludeStatuses())));
    }

    private static void refuse(String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            throw Problem.invalid(field, "not-offered", field);
        }
    }

    /** The id stands behind the host, so that no id can lead elsewhere. */
    private static boolean isTemplate(String url) {
        try {
            var address = new URI(url.replace(TrackerLinks.ID, "1"));
            var host = address.getHost();
            return address.getScheme() != null
                    && SCHEMES.contains(address.getScheme())
                    && host != null
                    && address.getRawUserInfo() == null
                    && url.startsWith(address.getScheme() + "://" + address.getRawAuthority())
                    && url.indexOf(TrackerLinks.ID)
                            > (address.getScheme() + "://" + address.getRawAuthority()).length();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String symbol(String field, String text) {
        return Texts.line(field, text, 0, LONGEST_SYMBOL);
    }

    private static String list(String field, String text) {
        return Texts.line(field, text, 0, LONGEST_LIST);
    }

    private static <T> T or(@Nullable T given, T old) {
        return given == null ? old : given;
    }
}
