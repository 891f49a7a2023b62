# One folder under qml/ is one QML module (URI Fieldclaim.<Name>), one static library, declared dependencies.
#
# fieldclaim_qml_module(<Name> QML_FILES … [SINGLETONS <file> …] [SOURCES …] [RESOURCES …] [DEPS <Name> …] [LINK …]
#                       [CPP_DEPS <folder> …] [FOLDER <folder>] [URI <uri>])
#
# It makes
#   fieldclaim_qml_<Name>          the library with the types, the compiled QML and the resources
#   fieldclaim_qml_<Name>plugin    its static QML plugin
#   Fieldclaim::<Name>             what a program or a test links: both of them, the same for every module it
#                                  depends on, and the Q_IMPORT_QML_PLUGIN line that keeps the linker from dropping them
#   fieldclaim_qml_<Name>_qmllint  qmllint over the module; it must print no warning
#
# A program needs nothing more than
#   target_link_libraries(my-app PRIVATE Fieldclaim::Forms)
# and, since Qt 6.4 does not look there by itself,
#   engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
# CPP_DEPS are project folders (mobile/viewmodels) whose headers the module's C++ may include.
function(fieldclaim_qml_module name)
  # Set here: a variable of the file would be empty in every folder but the one that includes it.
  set(qml_output "${CMAKE_BINARY_DIR}/qml_modules")
  cmake_parse_arguments(arg "" "FOLDER;URI" "QML_FILES;SINGLETONS;SOURCES;RESOURCES;DEPS;LINK;CPP_DEPS" ${ARGN})
  if(NOT arg_FOLDER)
    set(arg_FOLDER "qml/${name}")
  endif()
  if(NOT arg_URI)
    set(arg_URI "Fieldclaim.${name}")
  endif()
  string(REPLACE "." "/" uri_path "${arg_URI}")
  string(REPLACE "." "_" uri_name "${arg_URI}")
  set(target "fieldclaim_qml_${name}")
  set(CMAKE_AUTOMOC ON)
  if(arg_SINGLETONS)
    set_source_files_properties(${arg_SINGLETONS} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
  endif()
  qt_add_qml_module(${target} STATIC
    URI "${arg_URI}" VERSION 1.0
    RESOURCE_PREFIX /qt/qml
    OUTPUT_DIRECTORY "${qml_output}/${uri_path}"
    IMPORT_PATH "${qml_output}"
    QML_FILES ${arg_QML_FILES} ${arg_SINGLETONS}
    SOURCES ${arg_SOURCES}
    DEPENDENCIES QtQuick
    RESOURCES ${arg_RESOURCES})
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}" PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${target} PUBLIC Qt6::Quick ${arg_LINK})
  foreach(source IN LISTS arg_SOURCES)
    if(source MATCHES "\\.cpp$")
      set_property(SOURCE "${source}" APPEND PROPERTY COMPILE_OPTIONS -Wall -Wextra -Wconversion -Wshadow -Werror)
    endif()
  endforeach()

  set(import_file "${CMAKE_CURRENT_BINARY_DIR}/import_${name}.cpp")
  file(CONFIGURE OUTPUT "${import_file}" CONTENT
    "#include <QtQml/qqmlextensionplugin.h>\nQ_IMPORT_QML_PLUGIN(${uri_name}Plugin)\n")
  add_library(Fieldclaim_${name} INTERFACE)
  add_library(Fieldclaim::${name} ALIAS Fieldclaim_${name})
  target_sources(Fieldclaim_${name} INTERFACE "${import_file}")
  target_link_libraries(Fieldclaim_${name} INTERFACE ${target} ${target}plugin)

  set(layers "")
  foreach(dep IN LISTS arg_DEPS)
    add_dependencies(${target} fieldclaim_qml_${dep})
    target_link_libraries(${target} PUBLIC fieldclaim_qml_${dep})
    target_link_libraries(Fieldclaim_${name} INTERFACE Fieldclaim::${dep})
    get_property(dep_folder GLOBAL PROPERTY "FIELDCLAIM_QML_FOLDER_${dep}")
    list(APPEND layers "${dep_folder}")
  endforeach()
  foreach(dep IN LISTS arg_CPP_DEPS)
    fieldclaim_target_name("${dep}" dep_target)
    target_link_libraries(${target} PUBLIC ${dep_target})
    list(APPEND layers "${dep}")
  endforeach()
  set_property(GLOBAL PROPERTY "FIELDCLAIM_QML_FOLDER_${name}" "${arg_FOLDER}")
  _fieldclaim_declare("${arg_FOLDER}" ${layers})
endfunction()
