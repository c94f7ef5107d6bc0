package io.freerouter.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AcceptIT extends AcceptTest {}
