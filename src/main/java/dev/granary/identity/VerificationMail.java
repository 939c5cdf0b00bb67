package dev.granary.identity;

import dev.granary.api.Failures;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The mail that carries a verification code. None is sent unless {@code spring.mail.host} is set. */
@Component
class VerificationMail {
    private static final Logger log = LoggerFactory.getLogger(VerificationMail.class);

    private final JavaMailSenderImpl sender;
    private final Failures texts;
    private final Settings settings;

    VerificationMail(JavaMailSenderImpl sender, Failures texts, Settings settings) {
        this.sender = sender;
        this.texts = texts;
        this.settings = settings;
    }

    void requireConfigured() {
        if (!StringUtils.hasText(sender.getHost())) {
            throw new Problem(ErrorCode.MAIL_NOT_CONFIGURED);
        }
    }

    /** Sends the mail, and returns when the mail server has taken it. */
    void send(String address, String code, String userName, Locale language) {
        requireConfigured();
        try {
            var message = sender.createMimeMessage();
            var helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
            helper.setFrom(settings.mailFrom());
            helper.setTo(address);
            helper.setSubject(texts.text("mail.verify-code.subject", language));
            helper.setText(texts.text("mail.verify-code.text", language, userName, code));
            sender.send(message);
        } catch (MailException | MessagingException failure) {
            log.warn("The mail server did not take a verification mail: {}", failure.getMessage());
            throw new Problem(ErrorCode.MAIL_FAILED);
        }
    }
}
