import QtQuick

// For a dim hall.
ColorSet {
    ground: "#0e151c"
    surface: "#17212b"
    line: "#2d3a46"
    lineStrong: "#50606e"
    controlLine: "#8c9caa"
    ink: "#eef3f7"
    inkSecond: "#b9c5cf"
    neutralSoft: "#26323d"

    blue: "#8ab4ff"
    bluePressed: "#b3ceff"
    blueSoft: "#15294a"
    inkOnBlue: "#081a36"
    green: "#6fd8a0"
    greenSoft: "#10301f"
    inkOnGreen: "#06210f"
    amber: "#f2c35c"
    amberSoft: "#35280a"
    red: "#ff9d95"
    redPressed: "#ffbcb6"
    redSoft: "#401917"
    inkOnRed: "#3b0906"

    focus: "#8ab4ff"
    scrim: "#b3000000"
    track: "#2d3a46"

    bar: "#070b0f"
    barRaised: "#1b2631"
    barPressed: "#2b3845"
}
