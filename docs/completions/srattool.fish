function _srattool_completion
    set -l option (string match -r -- '^--[^=]*=' (commandline -t))
    set -l response (env _SRATTOOL_COMPLETE=fish_complete COMP_WORDS=(commandline -cp) \
        COMP_CWORD=(commandline -t) srattool)
    for completion in $response
        set -l answer (string split -m 1 , -- $completion)
        set -l values
        switch $answer[1]
            case dir
                set values (__fish_complete_directories $answer[2])
            case file
                set values (__fish_complete_path $answer[2])
            case plain
                set values $answer[2]
        end
        for value in $values
            printf '%s%s\n' "$option" $value
        end
    end
end

complete --no-files --command srattool --arguments "(_srattool_completion)"
