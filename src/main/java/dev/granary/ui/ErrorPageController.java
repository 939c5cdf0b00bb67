package dev.granary.ui;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers addresses of the page at which there is nothing. */
@Controller
class ErrorPageController {
    @RequestMapping("/-/{*rest}")
    void nothing() {
        throw new Problem(ErrorCode.NOT_FOUND);
    }
}
