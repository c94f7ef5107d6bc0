package io.freerouter.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class UpstreamRequestIT extends UpstreamRequestTest {}
