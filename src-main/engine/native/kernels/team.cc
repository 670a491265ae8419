#include "team.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace {

struct Job {
  const std::function<void(int, int)> &work;
  const int tasks, helpers;
  std::atomic<int> next{0};
  int joined = 0;

  void take(int worker) {
    for (int task = next++; task < tasks; task = next++) work(task, worker);
  }
};

/** Threads that wait for jobs. Who comes too late for a job leaves it out: nobody waits for a thread that the system does not run. */
class Team {
 public:
  void run(Job &job) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      while (threads_ < job.helpers) std::thread([this] { help(); }).detach(), threads_++;
      job_ = &job;
      latest_++;
    }
    called_.notify_all();
    job.take(0);
    std::unique_lock<std::mutex> lock(mutex_);
    job_ = nullptr;
    left_.wait(lock, [this] { return working_ == 0; });
  }

  std::mutex busy;

 private:
  std::mutex mutex_;
  std::condition_variable called_, left_;
  std::atomic<unsigned> latest_{0};
  Job *job_ = nullptr;
  int threads_ = 0, working_ = 0;

  void help() {
    for (unsigned seen = 0;;) {
      // The next job mostly comes within microseconds, and to wake up takes as long.
      for (int turn = 0; turn < kTurns && latest_ == seen; turn++) pause();
      std::unique_lock<std::mutex> lock(mutex_);
      called_.wait(lock, [&] { return latest_ != seen; });
      seen = latest_;
      if (!job_ || job_->joined >= job_->helpers) continue;
      Job &job = *job_;
      const int worker = ++job.joined;
      working_++;
      lock.unlock();
      job.take(worker);
      lock.lock();
      if (--working_ == 0) left_.notify_one();
    }
  }

  static constexpr int kTurns = 8000;

  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
};

/** Never destroyed: its threads wait until the process ends. */
Team &team() {
  static Team *const made = new Team;
  return *made;
}

}  // namespace

void shareOut(int tasks, int threads, const std::function<void(int, int)> &work) {
  Job job{work, tasks, std::min(threads, tasks) - 1};
  std::unique_lock<std::mutex> alone(team().busy, std::defer_lock);
  if (job.helpers > 0 && alone.try_lock()) team().run(job);
  else job.take(0);
}
