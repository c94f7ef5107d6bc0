package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checks of this package rest on: a mistake is found wherever it stands. */
class StrictYamlTest {
    private static final String DEPLOYMENT = Deployables.text("kubernetes/base/deployment.yaml");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "periodSeconds:, periodSecond:, periodSecond",
                "secretKeyRef:, secretKeyReff:, secretKeyReff",
                "enableServiceLinks:, automountServiceAccountToken:, Duplicate field",
                "kind: Deployment, kind: Deploymant, Deploymant",
                "apps/v1, apps/v1beta1, apps/v1beta1",
                "name: OPENROUTER_API_KEY, name: 1, String",
                "containerPort: 8000, containerPort: http, Integer",
                "failureThreshold: 60, failureThreshold: \"60\", Integer",
                "runAsNonRoot: true, runAsNonRoot: \"yes\", Boolean",
            })
    void a_mistake_is_told(String right, String wrong, String told) {
        String mistaken = DEPLOYMENT.replaceFirst(right, wrong);
        assertThat(mistaken).isNotEqualTo(DEPLOYMENT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(mistaken))
                .withMessageContaining(told);
    }

    @Test
    void a_second_document_is_told() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(DEPLOYMENT + "---\n" + DEPLOYMENT))
                .withMessageContaining("second document");
    }
}
