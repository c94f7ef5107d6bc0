package io.freerouter.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class NamedModelIT extends NamedModelTest {}
