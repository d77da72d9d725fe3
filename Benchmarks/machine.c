// What this machine can do at best, with the threads that the comparison uses: fused multiply-adds and memory.
//
//   clang -O2 -march=native -pthread machine.c -o machine && ./machine THREADS
//
// Prints one JSON line: {"gflops": …, "gigabytes_per_second": …}, the best of five tries each.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef float v16 __attribute__((vector_size(64)));
enum { CHAINS = 12, ROUNDS = 16000000, FLOATS = 1 << 24, MOST = 64 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

/// Independent chains of fused multiply-adds, enough to fill the pipelines.
static void *multiply(void *result) {
  v16 sum[CHAINS] = {0}, a, b;
  for (int i = 0; i < 16; i++) a[i] = 0.999f, b[i] = 1e-3f;
  for (long round = 0; round < ROUNDS; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < CHAINS; i++) sum[i] = __builtin_elementwise_fma(sum[i], a, b);
  }
  for (int i = 1; i < CHAINS; i++) sum[0] += sum[i];
  *(float *)result = sum[0][0];
  return 0;
}

/// x = y + c · z over arrays larger than the caches.
static float *arrays[MOST][3];
static void *move(void *result) {
  float **a = arrays[*(float *)result > 0 ? (int)*(float *)result - 1 : 0];
  for (long i = 0; i < FLOATS; i++) a[0][i] = a[1][i] + 3 * a[2][i];
  return 0;
}

static double seconds(int threads, void *(*body)(void *)) {
  double best = 1e9;
  for (int attempt = 0; attempt < 5; attempt++) {
    pthread_t thread[MOST];
    float number[MOST];
    double start = now();
    for (int t = 0; t < threads; t++) number[t] = t + 1, pthread_create(&thread[t], 0, body, &number[t]);
    for (int t = 0; t < threads; t++) pthread_join(thread[t], 0);
    double time = now() - start;
    if (time < best) best = time;
  }
  return best;
}

int main(int count, char **words) {
  int threads = count > 1 ? atoi(words[1]) : 1;
  if (threads < 1 || threads > MOST) return 2;
  for (int t = 0; t < threads; t++)
    for (int i = 0; i < 3; i++) {
      arrays[t][i] = malloc(FLOATS * sizeof(float));
      if (!arrays[t][i]) return 1;
      for (long k = 0; k < FLOATS; k++) arrays[t][i][k] = k;
    }
  double flops = 2.0 * 16 * CHAINS * ROUNDS * threads / seconds(threads, multiply);
  double bytes = 12.0 * FLOATS * threads / seconds(threads, move);
  printf("{\"gflops\": %.0f, \"gigabytes_per_second\": %.1f}\n", flops * 1e-9, bytes * 1e-9);
}
