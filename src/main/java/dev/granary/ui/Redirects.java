package dev.granary.ui;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** Sends browsers on after a form was taken, so that a reload does not send it again. */
public final class Redirects {
    private Redirects() {}

    /** To an address of ours. */
    public static View to(String address) {
        var redirect = new RedirectView(address);
        redirect.setStatusCode(HttpStatus.SEE_OTHER);
        redirect.setExpandUriTemplateVariables(false);
        return redirect;
    }

    /** Whether an address that a client names is one of ours: others could lead anywhere. */
    public static boolean isOurs(String address) {
        return address.startsWith("/")
                && address.length() < 2_000
                && !address.matches("(?s)/[/\\\\].*|.*[\\x00-\\x1f\\\\].*");
    }
}
