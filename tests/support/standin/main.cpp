#include <csignal>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

#include "tests/support/standin/stand_in_server.h"

// fieldclaim-standin [--port N] [--folder DIR]: stands in for ISCS, JSAPS and the councils until it is interrupted.
// Prints its address on one line, for scripts.
int main(int argc, char** argv) {
    using namespace fieldclaim::standin;
    int port = 8490;
    std::string folder;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "--port" && i + 1 < argc) {
            port = std::atoi(argv[++i]);
        } else if (option == "--folder" && i + 1 < argc) {
            folder = argv[++i];
        } else {
            std::cerr << "usage: fieldclaim-standin [--port N] [--folder DIR]\n";
            return 2;
        }
    }
    if (port < 0 || port > 65535) {
        std::cerr << "the port is a number from 0 to 65535\n";
        return 2;
    }
    if (!folder.empty()) {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error) {
            std::cerr << "cannot make the folder: " << error.message() << '\n';
            return 1;
        }
    }
    // Before any thread starts, so that only sigwait sees them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    ProcessingStandIn stand_in(
        [] {
            return std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                .count();
        },
        folder);
    auto server = StandInServer::start(stand_in, static_cast<std::uint16_t>(port));
    if (!server) {
        std::cerr << fieldclaim::describe(server.error()) << '\n';
        return 1;
    }
    std::cout << "stand-in for ISCS, JSAPS and councils at " << (*server)->url() << std::endl;
    int signal = 0;
    sigwait(&ends, &signal);
    return 0;
}
